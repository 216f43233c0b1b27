namespace Quartier.Api.Accounts.Oidc;

/// <summary>The identity provider cannot be reached, or says what it may not. The text goes to the log; it holds no token and no secret.</summary>
internal sealed class OidcException(string message, Exception? inner = null) : Exception(message, inner);
