namespace Quartier.Api.Accounts;

/// <summary>Signs in by a link.</summary>
/// <param name="Token">The part of the link after <c>#/sign-in/</c>.</param>
internal sealed record SignInRequest(string? Token);
