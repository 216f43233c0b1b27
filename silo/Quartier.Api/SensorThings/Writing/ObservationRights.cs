using Quartier.Api.Http;
using Quartier.Api.SensorThings.Districts;
using Quartier.Api.SensorThings.Reading;
using Quartier.Contracts.Districts;
using Quartier.Contracts.SensorThings;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>Who may change and withdraw Observations beside sending them: whoever may read them one by one with all that they hold.</summary>
internal sealed class ObservationRights(ObservationAccess access, RequestLanguage language)
{
    /// <summary>Why what is seen of a stream is not enough; null when it is. Says nothing of what the stream holds.</summary>
    public ApiProblem? Refuse(ObservationSight sight) => sight switch
    {
        { Withheld: not null } => ObservationDenial.Of(sight.Source, access, language),
        { Window: not Resolution.Raw } or { WithoutQuality: true } => Problems.Forbidden(
            "You may not read the single Observations of this stream with all that they hold, and so not change them. Ask the district for a grant at resolution raw."),
        _ => null,
    };
}
