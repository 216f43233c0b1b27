namespace Quartier.Client.Gateways;

/// <summary>A password to be set.</summary>
/// <param name="Password">One that somebody chose; null to have one made.</param>
public sealed record GatewayPassword(string? Password)
{
    /// <summary>Without the password, which must never reach a log.</summary>
    public override string ToString() => nameof(GatewayPassword);
}
