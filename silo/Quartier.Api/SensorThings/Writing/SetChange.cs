using Quartier.Api.Http;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>A change of an Observation that stands in a change set, and was judged.</summary>
internal sealed class SetChange(ObservationRequest request, ObservationChanges changes, JudgedChange judged)
{
    /// <summary>What is wanted.</summary>
    public ObservationRequest Request => request;

    /// <summary>Makes it, for the purpose of the request.</summary>
    public ObservationChanges Changes => changes;

    /// <summary>What is to be made.</summary>
    public JudgedChange Judged => judged;

    /// <summary>Why it was not made after all; null when it was, or not yet.</summary>
    public ApiProblem? Problem { get; set; }
}
