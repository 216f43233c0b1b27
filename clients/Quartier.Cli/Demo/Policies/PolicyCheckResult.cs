using System.Text.Json.Serialization;

namespace Quartier.Cli.Demo.Policies;

/// <summary>How the fixed list of requests went.</summary>
/// <param name="Checked">Requests made.</param>
/// <param name="Failed">Those that were not answered as specified.</param>
internal sealed record PolicyCheckResult([property: JsonPropertyName("checked")] int Checked, [property: JsonPropertyName("failed")] int Failed);
