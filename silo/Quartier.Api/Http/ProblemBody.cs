using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Quartier.Contracts.Registry;

namespace Quartier.Api.Http;

/// <summary>An RFC 9457 problem document.</summary>
/// <param name="Type">Names the kind of problem: <c>urn:quartier:problem:…</c>.</param>
/// <param name="Title">The kind of problem in words; the same for every occurrence.</param>
/// <param name="Status">The HTTP status code.</param>
/// <param name="Detail">What was wrong this time, and the remedy.</param>
/// <param name="Problems">For a registry file: each thing that is wrong and where; absent otherwise.</param>
internal sealed record ProblemBody(
    string Type,
    string Title,
    int Status,
    string Detail,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<RegistryProblem>? Problems = null)
{
    /// <summary>For a read that the district denies: why, as a word; absent otherwise, like everything below.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Reason { get; init; }

    /// <summary>By which versions of the policy it was decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Policy { get; init; }

    /// <summary>The grant or denial that decided.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Grant { get; init; }

    /// <summary>The purpose for which it was decided, or the one that was stated.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Purpose { get; init; }

    /// <summary>The datastream that was asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Stream { get; init; }

    /// <summary>The sentence of the detail in both languages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BilingualText? Explanation { get; init; }

    /// <summary>What can be done, in both languages.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BilingualText? Remedy { get; init; }

    /// <summary>Where every step of the decision is explained.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Why { get; init; }

    /// <summary>For the SensorThings API: the status code once more, as its clients look for it; absent otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Code { get; init; }

    /// <summary>For the SensorThings API: the detail once more.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Message { get; init; }
}
