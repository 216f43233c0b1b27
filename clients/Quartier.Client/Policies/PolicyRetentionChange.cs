namespace Quartier.Client.Policies;

/// <summary>A retention that would become shorter.</summary>
/// <param name="District">Where.</param>
/// <param name="Stream">Id of the stream entry that would hold, or <c>quarantine</c>.</param>
/// <param name="Before">What is kept now.</param>
/// <param name="After">What would be kept.</param>
/// <param name="Datastreams">How many datastreams this concerns.</param>
/// <param name="Example">One of them.</param>
/// <param name="Readings">Stored readings that would expire earlier.</param>
/// <param name="Due">Of these, how many would be due for deletion at once.</param>
/// <param name="Uncounted">Datastreams whose readings were not counted.</param>
public sealed record PolicyRetentionChange(
    string District,
    string Stream,
    PolicyDays Before,
    PolicyDays After,
    int Datastreams,
    string Example,
    long Readings,
    long Due,
    int Uncounted);
