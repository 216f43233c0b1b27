namespace Quartier.Contracts.Policies;

/// <summary>What a change of policy does to one principal's reading in a district.</summary>
/// <param name="District">Id of the district.</param>
/// <param name="Principal">As grants name it; what the public gains or loses is listed for the public alone.</param>
/// <param name="Purpose">Id of the purpose.</param>
/// <param name="Stream">Id of the stream entry.</param>
/// <param name="Before">How far it reached; null for not at all.</param>
/// <param name="After">How far it would reach; null for not at all.</param>
/// <param name="Datastreams">How many registered datastreams this concerns.</param>
/// <param name="Example">One of them, as <c>gateway/sensor/property</c>.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyAccessChange")]
public sealed record PolicyAccessChange(
    [property: Id(0)] string District,
    [property: Id(1)] string Principal,
    [property: Id(2)] string Purpose,
    [property: Id(3)] string Stream,
    [property: Id(4)] PolicyReach? Before,
    [property: Id(5)] PolicyReach? After,
    [property: Id(6)] int Datastreams,
    [property: Id(7)] string Example);
