using System.Collections.Immutable;
using Quartier.Contracts.Registry;

namespace Quartier.Contracts.Policies;

/// <summary>What a policy says about some datastreams.</summary>
/// <param name="Id">Lower-case letters, digits, '-'; grants and contracts name it.</param>
/// <param name="Match">Patterns <c>gateway/sensor/property</c>, each level with '*' for any text within the level; at least one.</param>
/// <param name="Class">Who may see it when nothing else is said: nothing is read without a grant all the same.</param>
/// <param name="Purposes">Ids of the purposes for which it is collected; at least one.</param>
/// <param name="Operator">Who operates the sensors.</param>
/// <param name="Office">Id of the responsible office.</param>
/// <param name="Answers">The four answers of G1.</param>
/// <param name="Retention">How long each resolution is kept.</param>
/// <param name="CountsPeople">True for counts of people (on foot, on bicycles, in vehicles): published aggregates of them are perturbed.</param>
/// <param name="Override">True when it replaces the city's entry of the same id within a district.</param>
[GenerateSerializer, Immutable, Alias("quartier.StreamPolicy")]
public sealed record StreamPolicy(
    [property: Id(0)] string Id,
    [property: Id(1)] ImmutableArray<string> Match,
    [property: Id(2)] DataClass Class,
    [property: Id(3)] ImmutableArray<string> Purposes,
    [property: Id(4)] string Operator,
    [property: Id(5)] string Office,
    [property: Id(6)] StreamAnswers Answers,
    [property: Id(7)] RetentionDefinition Retention,
    [property: Id(8)] bool CountsPeople,
    [property: Id(9)] bool Override);
