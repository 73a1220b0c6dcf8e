namespace Kml.Runtime;

/// <summary>Whether a module makes records, and until when.</summary>
public enum Collecting
{
    /// <summary>It makes none. So it is at load.</summary>
    Off,

    /// <summary>Until the reader of its device closes it, or dies. Refused while nobody has it open.</summary>
    WithReader,

    /// <summary>Until it is switched off. Records wait for a reader, and are dropped when there is no room.</summary>
    Keep,
}
