"""The web server around Streamlit: what every answer's head says, who may ask, how much may be sent, and readiness."""
