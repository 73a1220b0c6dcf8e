using System;
using System.Globalization;
using System.IO;
using IssueTimeSample;
using IssueTimeSample.Demo;
using Kml.Runtime;
using Kml.Training;

try
{
    switch (args)
    {
        case ["collect", string disk, string folder, string records] when int.TryParse(records, NumberStyles.None, CultureInfo.InvariantCulture, out int count):
            return Collect.Run(disk, folder, count);
        case ["train", string folder, string weights]:
            return Train.Run(folder, weights);
        case ["demo-phases", string disk, string folder, string seed]:
            return Phases.Run(disk, folder, seed);
        case ["demo-report", string learned, string live, string weights, string modules]:
            return Report.Run(learned, live, weights, modules);
        default:
            Console.Error.WriteLine("""
                IssueTime collect DISK FOLDER RECORDS   collect from the loaded modules, as root
                IssueTime train FOLDER WEIGHTS          train both models on what was collected
                """);
            return 2;
    }
}
catch (Exception e) when (e is KernelModelException or TrainingException or DemoException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
