using System.Threading;

namespace Kml.Training.Online;

/// <summary>Time as the online trainer's thread sees it; a test brings its own.</summary>
internal interface ITrainingClock
{
    /// <summary>Nanoseconds that have passed, from any beginning.</summary>
    long Now { get; }

    /// <summary>Nanoseconds of processor time that the calling thread has used.</summary>
    long Used { get; }

    /// <summary>Waits.</summary>
    /// <param name="nanoseconds">How long.</param>
    /// <param name="stop">Ends the wait when it is set.</param>
    void Wait(long nanoseconds, ManualResetEventSlim stop);
}
