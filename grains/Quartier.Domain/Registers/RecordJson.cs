using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace Quartier.Domain.Registers;

/// <summary>Records as JSON: English keys, German texts, umlauts as they are.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ProcessingRecord))]
[JsonSerializable(typeof(ImpactAssessment))]
internal sealed partial class RecordJson : JsonSerializerContext
{
    public static RecordJson Plain { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
