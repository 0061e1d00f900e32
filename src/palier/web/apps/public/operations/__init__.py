"""Write for the public: alerts, published figures."""
