using System.Text.Json.Serialization;

namespace Quartier.Cli.Demo;

/// <summary>Serialization without reflection of what the demo reads and writes.</summary>
[JsonSerializable(typeof(SiloReady))]
[JsonSerializable(typeof(CheckResult))]
[JsonSerializable(typeof(Policies.PolicyCheckResult))]
internal sealed partial class DemoJson : JsonSerializerContext;
