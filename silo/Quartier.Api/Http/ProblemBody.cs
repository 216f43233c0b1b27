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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ImmutableArray<RegistryProblem>? Problems = null);
