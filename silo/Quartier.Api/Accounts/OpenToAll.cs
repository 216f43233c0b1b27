namespace Quartier.Api.Accounts;

/// <summary>Marks a route that looks at no credential: how else would somebody with an ended one sign in again.</summary>
internal sealed class OpenToAll
{
    public static OpenToAll Route { get; } = new();
}
