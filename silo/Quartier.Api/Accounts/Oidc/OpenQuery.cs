namespace Quartier.Api.Accounts.Oidc;

/// <summary>Marks a route that takes query parameters which it does not know: providers add their own to the return address.</summary>
internal sealed class OpenQuery
{
    public static OpenQuery Route { get; } = new();
}
