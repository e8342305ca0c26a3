"""How good each model is, measured through the door the app uses. One file a protocol."""
