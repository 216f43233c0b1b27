namespace Quartier.Client.Gateways;

/// <summary>A password that was just set.</summary>
/// <param name="UserName">What the gateway sends as user name.</param>
/// <param name="Password">The password, shown this once; null when it was chosen.</param>
/// <param name="Item">What the server keeps of it.</param>
public sealed record NewGatewayPassword(string UserName, string? Password, GatewayCredential Item)
{
    /// <summary>Without the password, which must never reach a log.</summary>
    public override string ToString() => Item.ToString();
}
