using Quartier.Api.Http;
using Quartier.Contracts.SensorThings;
using Quartier.Domain.SensorThings.Writing;

namespace Quartier.Api.SensorThings.Writing;

/// <summary>An Observation on its way to its sensor, and what became of it.</summary>
internal sealed class PostedObservation(EntityKind kind, long stream, ObservationDraft draft)
{
    /// <summary>Of which kind its stream is.</summary>
    public EntityKind Kind => kind;

    /// <summary>Id of its stream; 0 of one that is to be created with it.</summary>
    public long Stream => stream;

    public ObservationDraft Draft { get; set; } = draft;

    /// <summary>Whether the address named its stream, and not the body.</summary>
    public bool IsAddressed { get; init; }

    /// <summary>Its id once it is taken.</summary>
    public long Id { get; set; }

    /// <summary>Whether its sample is handed over although it will be refused: so that the books know of it.</summary>
    public bool IsRefused { get; set; }

    /// <summary>Why it is not taken; null otherwise.</summary>
    public ApiProblem? Problem { get; set; }

    /// <summary>The Datastream or MultiDatastream that a draft names; null with a problem when it names none.</summary>
    /// <param name="draft">The Observation.</param>
    /// <param name="isAddressed">Whether the address named the stream.</param>
    /// <param name="problem">Why there is none; otherwise null.</param>
    public static PostedObservation? Of(ObservationDraft draft, bool isAddressed, out ApiProblem? problem)
    {
        problem = null;
        if (draft.NewStream is { } brought && !isAddressed)
        {
            return new(brought.Kind, 0, draft);
        }

        if (draft.NewStream is { } other)
        {
            problem = WriteProblems.Bad($"'{other.Kind}': the address names the stream of the Observation already. Leave it out, or POST to Observations.");
            return null;
        }

        if (draft.Datastream is { } one)
        {
            return new(EntityKind.Datastream, one, draft) { IsAddressed = isAddressed };
        }

        if (draft.MultiDatastream is { } many)
        {
            return new(EntityKind.MultiDatastream, many, draft) { IsAddressed = isAddressed };
        }

        problem = WriteProblems.Bad("An Observation needs its Datastream: a link such as \"Datastream\": {\"@iot.id\": 1}, the Datastream itself, or POST it to Datastreams(1)/Observations.");
        return null;
    }
}
