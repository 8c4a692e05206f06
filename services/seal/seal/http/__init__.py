"""The service's HTTP face: remote signing (CSC), log-in of clients (OAuth 2), the log."""
