"""Google's Gemini through its official SDK. The SDK is imported when the first call is made, never before."""
