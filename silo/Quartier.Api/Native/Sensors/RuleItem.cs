using Quartier.Contracts.Registry;

namespace Quartier.Api.Native.Sensors;

/// <summary>A rule that watches a sensor.</summary>
internal sealed record RuleItem(string Id, int Version, string Kind, string Property, string Severity, BilingualText Sentence);
