namespace Quartier.Domain.SensorThings.Writing;

/// <summary>What is wrong with a body: an expected failure, for whoever sent it.</summary>
/// <param name="Where">The member, such as <c>Datastreams[0]/unitOfMeasurement</c>; empty for the body itself.</param>
/// <param name="Text">What was found, what is expected and the remedy.</param>
public sealed record BodyProblem(string Where, string Text)
{
    /// <summary>True when a limit was exceeded: the body is too large, not wrong.</summary>
    public bool IsTooMuch { get; init; }
}
