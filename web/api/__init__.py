"""The JSON API: endpoints, the shapes of their answers, and the document that describes them."""
