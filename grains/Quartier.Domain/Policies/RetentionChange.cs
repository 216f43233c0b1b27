using Quartier.Contracts.Policies;

namespace Quartier.Domain.Policies;

/// <summary>A shorter retention that a change of policy brings: stored readings expire earlier.</summary>
/// <param name="Stream">Id of the stream entry that will hold; <c>quarantine</c> when none will.</param>
/// <param name="Before">What is kept now; readings at most as long as the registry asks for.</param>
/// <param name="After">What will be kept.</param>
/// <param name="Datastreams">How many registered datastreams this concerns.</param>
/// <param name="Example">One of them, as <c>gateway/sensor/property</c>.</param>
public sealed record RetentionChange(string Stream, RetentionDefinition Before, RetentionDefinition After, int Datastreams, string Example);
