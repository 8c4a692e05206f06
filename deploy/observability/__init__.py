"""What operators see and are woken by: dashboards made by code, alert rules, a scrape config."""
