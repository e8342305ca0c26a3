"""What bounds the work of visitors: a gate for runs, rates, and what the web server refused."""
