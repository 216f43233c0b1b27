using System.Runtime.InteropServices;

namespace Quartier.Api.SensorThings.Subscriptions;

/// <summary>What became of an entity that was published.</summary>
/// <param name="Status">201, or why not as HTTP would answer: 400, 401, 403, 404, 405, 409, 413, 501 or 503.</param>
/// <param name="Detail">Why not, for the operator; empty when it was created.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct DoorAnswer(int Status, string Detail)
{
    /// <summary>It is created, and on the disk.</summary>
    public static DoorAnswer Created { get; } = new(StatusCodes.Status201Created, string.Empty);
}
