namespace Quartier.Client.Postures;

/// <summary>An address from which nobody may connect by MQTT for a while.</summary>
/// <param name="Address">The address or network.</param>
/// <param name="Seconds">For how long.</param>
public sealed record Ban(string Address, int Seconds);
