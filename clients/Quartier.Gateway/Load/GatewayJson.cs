using System.Text.Json.Serialization;

namespace Quartier.Gateway.Load;

/// <summary>Serialization without reflection of what the load test writes.</summary>
[JsonSerializable(typeof(LoadResult))]
[JsonSerializable(typeof(LoadRecordHeader))]
[JsonSerializable(typeof(LoadRecordGateway))]
internal sealed partial class GatewayJson : JsonSerializerContext;
