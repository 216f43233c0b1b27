namespace Quartier.Contracts.Policies;

/// <summary>A retention that would become shorter in a district.</summary>
/// <param name="District">Id of the district.</param>
/// <param name="Stream">Id of the stream entry that would hold; <c>quarantine</c> when none would.</param>
/// <param name="Before">What is kept now.</param>
/// <param name="After">What would be kept.</param>
/// <param name="Datastreams">How many registered datastreams this concerns.</param>
/// <param name="Example">One of them, as <c>gateway/sensor/property</c>.</param>
/// <param name="Readings">Stored readings that would expire earlier: at most this many, because some may have been stored on shorter terms.</param>
/// <param name="Due">Of these, how many would be due for deletion at once.</param>
/// <param name="Uncounted">Datastreams beyond those that were counted.</param>
[GenerateSerializer, Immutable, Alias("quartier.PolicyRetentionChange")]
public sealed record PolicyRetentionChange(
    [property: Id(0)] string District,
    [property: Id(1)] string Stream,
    [property: Id(2)] RetentionDefinition Before,
    [property: Id(3)] RetentionDefinition After,
    [property: Id(4)] int Datastreams,
    [property: Id(5)] string Example,
    [property: Id(6)] long Readings,
    [property: Id(7)] long Due,
    [property: Id(8)] int Uncounted);
