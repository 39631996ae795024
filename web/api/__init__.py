"""The JSON API: endpoints, how they are routed, and the document that describes them."""
