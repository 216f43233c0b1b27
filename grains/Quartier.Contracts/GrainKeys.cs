namespace Quartier.Contracts;

/// <summary>How grain keys are made: city <c>muenster</c>, district <c>muenster/mitte</c>, sensor <c>muenster/gateway/sensor</c>, asset <c>muenster/asset</c>.</summary>
public static class GrainKeys
{
    /// <summary>Key of a district's grain.</summary>
    public static string District(string city, string district) => $"{city}/{district}";

    /// <summary>Key of a sensor's grain.</summary>
    public static string Sensor(string city, string gateway, string sensor) => $"{city}/{gateway}/{sensor}";

    /// <summary>Key of an asset's grain.</summary>
    public static string Asset(string city, string asset) => $"{city}/{asset}";

    /// <summary>Splits a key at its slashes.</summary>
    public static string[] Split(string key) => key.Split('/');
}
