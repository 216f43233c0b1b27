using System.Text.Json.Serialization;
using Quartier.Client.Accounts;
using Quartier.Client.Alerts;
using Quartier.Client.Assets;
using Quartier.Client.Backups;
using Quartier.Client.Books;
using Quartier.Client.Bridges;
using Quartier.Client.Cities;
using Quartier.Client.Decisions;
using Quartier.Client.Gateways;
using Quartier.Client.Health;
using Quartier.Client.Ledgers;
using Quartier.Client.Policies;
using Quartier.Client.Postures;
using Quartier.Client.Readings;
using Quartier.Client.Registers;
using Quartier.Client.Registry;
using Quartier.Client.Retention;
using Quartier.Client.Sensors;

namespace Quartier.Client;

/// <summary>Serialization without reflection of all that the API answers.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(IReadOnlyList<City>))]
[JsonSerializable(typeof(CityDetail))]
[JsonSerializable(typeof(IReadOnlyList<District>))]
[JsonSerializable(typeof(IReadOnlyList<Asset>))]
[JsonSerializable(typeof(Asset))]
[JsonSerializable(typeof(SensorPage))]
[JsonSerializable(typeof(Sensor))]
[JsonSerializable(typeof(Reading))]
[JsonSerializable(typeof(ReadingPage))]
[JsonSerializable(typeof(AggregateList))]
[JsonSerializable(typeof(AlertPage))]
[JsonSerializable(typeof(Alert))]
[JsonSerializable(typeof(Me))]
[JsonSerializable(typeof(IReadOnlyList<Person>))]
[JsonSerializable(typeof(Person))]
[JsonSerializable(typeof(PersonChange))]
[JsonSerializable(typeof(NewLink))]
[JsonSerializable(typeof(IReadOnlyList<RefusedSubject>))]
[JsonSerializable(typeof(IReadOnlyList<ApiKey>))]
[JsonSerializable(typeof(ApiKey))]
[JsonSerializable(typeof(KeyRequest))]
[JsonSerializable(typeof(NewKey))]
[JsonSerializable(typeof(Decision))]
[JsonSerializable(typeof(CityBooks))]
[JsonSerializable(typeof(IReadOnlyList<Bridge>))]
[JsonSerializable(typeof(IReadOnlyList<SensorBooks>))]
[JsonSerializable(typeof(RegistryAnswer))]
[JsonSerializable(typeof(LedgerPage))]
[JsonSerializable(typeof(LedgerHead))]
[JsonSerializable(typeof(LedgerProof))]
[JsonSerializable(typeof(LedgerSummary))]
[JsonSerializable(typeof(AcceptedBreak))]
[JsonSerializable(typeof(BreakReason))]
[JsonSerializable(typeof(PseudonymQuestion))]
[JsonSerializable(typeof(ResolvedPseudonym))]
[JsonSerializable(typeof(IReadOnlyList<PolicyVersion>))]
[JsonSerializable(typeof(PolicyAnswer))]
[JsonSerializable(typeof(PolicyDifference))]
[JsonSerializable(typeof(EffectivePolicy))]
[JsonSerializable(typeof(RegisterPage))]
[JsonSerializable(typeof(RecordView))]
[JsonSerializable(typeof(RecordChanges))]
[JsonSerializable(typeof(RecordApproval))]
[JsonSerializable(typeof(IReadOnlyList<Contract>))]
[JsonSerializable(typeof(StoreReport))]
[JsonSerializable(typeof(RetentionReport))]
[JsonSerializable(typeof(Backup))]
[JsonSerializable(typeof(IReadOnlyList<Backup>))]
[JsonSerializable(typeof(BackupVerification))]
[JsonSerializable(typeof(IReadOnlyList<Certificate>))]
[JsonSerializable(typeof(RetentionVerification))]
[JsonSerializable(typeof(HealthReport))]
[JsonSerializable(typeof(IReadOnlyList<CityGateway>))]
[JsonSerializable(typeof(CityGateway))]
[JsonSerializable(typeof(GatewayPassword))]
[JsonSerializable(typeof(NewGatewayPassword))]
[JsonSerializable(typeof(GatewayEnrolment))]
[JsonSerializable(typeof(NewGatewayCertificate))]
[JsonSerializable(typeof(Posture))]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ClientJson : JsonSerializerContext;
