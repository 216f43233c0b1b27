namespace Quartier.Api.Native.Policies;

/// <summary>A retention that would become shorter.</summary>
internal sealed record PolicyRetentionItem(
    string District,
    string Stream,
    PolicyDaysItem Before,
    PolicyDaysItem After,
    int Datastreams,
    string Example,
    long Readings,
    long Due,
    int Uncounted);
