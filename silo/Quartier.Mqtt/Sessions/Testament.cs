using Quartier.Mqtt.Ingest;
using Quartier.Mqtt.Packets;

namespace Quartier.Mqtt.Sessions;

/// <summary>What a client has left to be said when it is lost (section 3.1.2.5), and whose words they are.</summary>
/// <param name="Number">Names it in the store; never used again.</param>
/// <param name="Message">The will.</param>
/// <param name="Client">Whose right to say it is looked at when it is said.</param>
internal sealed record Testament(long Number, WillMessage Message, LostClient Client)
{
    /// <summary>What one takes in memory beside its texts: objects, and the places in lists and indices.</summary>
    public const int Overhead = 512;

    /// <summary>What it weighs, in memory and on the disk.</summary>
    public long Bytes { get; } = Overhead + Message.Topic.Length + Message.Properties.Length + Message.Payload.Length;
}
