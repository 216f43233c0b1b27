using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using Quartier.Api.Accounts;
using Quartier.Api.Accounts.Oidc;
using Quartier.Api.Gateways;
using Quartier.Api.Health;
using Quartier.Api.Http;
using Quartier.Api.Native.Alerts;
using Quartier.Api.Native.Assets;
using Quartier.Api.Native.Backups;
using Quartier.Api.Native.Books;
using Quartier.Api.Native.Bridges;
using Quartier.Api.Native.Cities;
using Quartier.Api.Native.Districts;
using Quartier.Api.Native.Exports;
using Quartier.Api.Native.Ledgers;
using Quartier.Api.Native.Policies;
using Quartier.Api.Native.Readings;
using Quartier.Api.Native.Registers;
using Quartier.Api.Native.Registry;
using Quartier.Api.Native.Retention;
using Quartier.Api.Native.Sensors;
using Quartier.Api.Native.Store;
using Quartier.Api.Native.Why;
using Quartier.Api.OpenData;
using Quartier.Api.Posture;

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
[JsonSerializable(typeof(ExportObligations))]
[JsonSerializable(typeof(ExportedReading))]
[JsonSerializable(typeof(ExportedAggregate))]
[JsonSerializable(typeof(WhyAnswer))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(AlertItem))]
[JsonSerializable(typeof(CityBooks))]
[JsonSerializable(typeof(BridgeItem[]))]
[JsonSerializable(typeof(SensorBooksItem[]))]
[JsonSerializable(typeof(RegistryAnswer))]
[JsonSerializable(typeof(PolicyVersionItem[]))]
[JsonSerializable(typeof(PolicyAnswerItem))]
[JsonSerializable(typeof(PolicyDifferenceItem))]
[JsonSerializable(typeof(EffectivePolicyItem))]
[JsonSerializable(typeof(LedgerPageItem))]
[JsonSerializable(typeof(LedgerHeadItem))]
[JsonSerializable(typeof(LedgerProofItem))]
[JsonSerializable(typeof(LedgerSummaryItem))]
[JsonSerializable(typeof(LedgerBreakItem))]
[JsonSerializable(typeof(LedgerBreakRequest))]
[JsonSerializable(typeof(ResolveRequest))]
[JsonSerializable(typeof(ResolveAnswer))]
[JsonSerializable(typeof(RegisterList))]
[JsonSerializable(typeof(WhyMeasured))]
[JsonSerializable(typeof(RecordItem))]
[JsonSerializable(typeof(ApprovalItem))]
[JsonSerializable(typeof(RecordChangesItem))]
[JsonSerializable(typeof(ContractItem[]))]
[JsonSerializable(typeof(OpenContractItem[]))]
[JsonSerializable(typeof(StoreItem))]
[JsonSerializable(typeof(PublishedStreamItem[]))]
[JsonSerializable(typeof(PublishedList))]
[JsonSerializable(typeof(CohortList))]
[JsonSerializable(typeof(BackupItem))]
[JsonSerializable(typeof(BackupItem[]))]
[JsonSerializable(typeof(BackupVerification))]
[JsonSerializable(typeof(RetentionAnswer))]
[JsonSerializable(typeof(CertificateItem[]))]
[JsonSerializable(typeof(RetentionVerificationItem))]
[JsonSerializable(typeof(HealthAnswer))]
[JsonSerializable(typeof(MeItem))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(PersonItem[]))]
[JsonSerializable(typeof(PersonItem))]
[JsonSerializable(typeof(PersonRequest))]
[JsonSerializable(typeof(KeyItem[]))]
[JsonSerializable(typeof(KeyItem))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(KeyCreated))]
[JsonSerializable(typeof(LinkCreated))]
[JsonSerializable(typeof(RefusedItem[]))]
[JsonSerializable(typeof(GatewayItem[]))]
[JsonSerializable(typeof(GatewayItem))]
[JsonSerializable(typeof(GatewayPasswordRequest))]
[JsonSerializable(typeof(GatewayPasswordAnswer))]
[JsonSerializable(typeof(GatewayCertificateRequest))]
[JsonSerializable(typeof(GatewayCertificateAnswer))]
[JsonSerializable(typeof(PostureAnswer))]
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
