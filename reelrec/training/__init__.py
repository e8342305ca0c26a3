"""What fits what: models, catalogue, interview, review texts."""
