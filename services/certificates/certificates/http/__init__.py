"""Routes: one call of one use case each; shapes and failures as documented in OpenAPI."""
