using System.Collections.Immutable;

namespace Quartier.Domain.Registers;

/// <summary>Data that are collected for an activity, by stream entry of the policy.</summary>
/// <param name="Id">Id of the stream entry, with the first district where several say different things under one id.</param>
/// <param name="Districts">Ids of the districts.</param>
/// <param name="Collected">Which data are collected: the first answer of G1.</param>
/// <param name="Use">What happens to them: the second.</param>
/// <param name="Class">In German: öffentlich, intern or sensibel.</param>
/// <param name="CountsPeople">Whether people are counted.</param>
/// <param name="Operator">Who operates the sensors.</param>
/// <param name="Datastreams">How many registered datastreams it covers.</param>
public sealed record DataCategory(
    string Id, ImmutableArray<string> Districts, string Collected, string Use, string Class, bool CountsPeople, string Operator, int Datastreams);
