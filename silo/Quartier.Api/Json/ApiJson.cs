using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Quartier.Api.Health;
using Quartier.Api.Http;
using Quartier.Api.Native.Alerts;
using Quartier.Api.Native.Assets;
using Quartier.Api.Native.Backups;
using Quartier.Api.Native.Books;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Readings;
using Quartier.Api.Native.Registry;
using Quartier.Api.Native.Retention;
using Quartier.Api.Native.Sensors;
using Quartier.Api.Native.Store;

namespace Quartier.Api.Json;

/// <summary>All that the API writes and reads as JSON.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(CityItem[]))]
[JsonSerializable(typeof(CityDetail))]
[JsonSerializable(typeof(OutlineCollection))]
[JsonSerializable(typeof(DistrictItem[]))]
[JsonSerializable(typeof(DistrictDetail))]
[JsonSerializable(typeof(AssetItem[]))]
[JsonSerializable(typeof(AssetDetail))]
[JsonSerializable(typeof(SensorPage))]
[JsonSerializable(typeof(SensorDetail))]
[JsonSerializable(typeof(LatestItem))]
[JsonSerializable(typeof(ReadingPage))]
[JsonSerializable(typeof(AggregateList))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(AlertItem))]
[JsonSerializable(typeof(AcknowledgeRequest))]
[JsonSerializable(typeof(CityBooks))]
[JsonSerializable(typeof(SensorBooksItem[]))]
[JsonSerializable(typeof(RegistryAnswer))]
[JsonSerializable(typeof(StoreItem))]
[JsonSerializable(typeof(BackupItem))]
[JsonSerializable(typeof(BackupItem[]))]
[JsonSerializable(typeof(BackupVerification))]
[JsonSerializable(typeof(RetentionAnswer))]
[JsonSerializable(typeof(CertificateItem[]))]
[JsonSerializable(typeof(RetentionVerificationItem))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(ProblemBody))]
[JsonSerializable(typeof(string))]
internal sealed partial class ApiJson : JsonSerializerContext
{
    /// <summary>Writes umlauts as they are, for whoever reads with curl.</summary>
    public static ApiJson Api { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    });
}
