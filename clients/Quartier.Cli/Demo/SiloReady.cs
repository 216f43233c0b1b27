using System.Text.Json.Serialization;

namespace Quartier.Cli.Demo;

/// <summary>The line that a silo prints when it is ready.</summary>
internal sealed record SiloReady(
    [property: JsonPropertyName("ready")] bool Ready,
    [property: JsonPropertyName("http")] string? Http,
    [property: JsonPropertyName("mqtt")] string? Mqtt,
    [property: JsonPropertyName("signIn")] string? SignIn);
