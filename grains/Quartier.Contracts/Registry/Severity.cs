namespace Quartier.Contracts.Registry;

/// <summary>How urgent an alert is.</summary>
public enum Severity : byte
{
    /// <summary>Worth knowing.</summary>
    Info = 0,

    /// <summary>Someone should look within the day.</summary>
    Warning = 1,

    /// <summary>Someone must act now.</summary>
    Critical = 2,
}
