"""An index on an OpenSearch cluster: how it is laid out, written and kept."""
