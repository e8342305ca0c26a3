"""The Together page: an evening with others."""
