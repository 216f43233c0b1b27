using System.Net;

namespace Quartier.Mqtt.Admission;

/// <summary>A connection that <see cref="AddressBook"/> let in, and counts until it ends. Travels with the connection's features.</summary>
internal sealed class AdmittedConnection(AddressBook book, IPAddress? address, bool isTooFast)
{
    /// <summary>The address as it is counted; null when the transport does not know it or the limits do not count it.</summary>
    public IPAddress? Address => address;

    /// <summary>Connections come too fast from this address: CONNECT is answered with 0x9F, whatever it proves.</summary>
    public bool IsTooFast => isTooFast;

    /// <summary>Its CONNECT has been accepted.</summary>
    internal bool IsSettled { get; set; }

    /// <summary>The CONNECT has been accepted.</summary>
    public void Settle() => book.Settle(this);

    /// <summary>The CONNECT brought a wrong credential.</summary>
    public void NoteBadCredential() => book.NoteBadCredential(this);

    /// <summary>Seconds for which the address is still banned; 0 when it is not.</summary>
    public int BannedSeconds() => book.BannedSeconds(this);
}
