using System;
using System.Collections.Generic;
using System.Linq;
using Kml.Model.Lowering;
using Shouldly;

namespace Kml.Training.Tests;

/// <summary>The kinds of stages that there are: what is held for drawn programs is held for those alone that are drawn.</summary>
internal static class StageKinds
{
    /// <summary>Fails where a kind of stage is in none of some programs.</summary>
    internal static void ShouldAllBeIn(IEnumerable<ModelProgram> programs)
    {
        IEnumerable<Type> all = typeof(Stage).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(Stage)));
        programs.SelectMany(p => p.Stages).Select(s => s.GetType()).Distinct().ShouldBe(all, ignoreOrder: true);
    }
}
